import { lazy, Suspense } from "react";
import { Drawer } from "../ui/Drawer";
import { Lineage } from "../ui/Lineage";
import { readRef } from "../ui/origin";
import { useAddress } from "./search";

const Story = lazy(() => import("../pages/performance/Story").then((of) => ({ default: of.Story })));

/** What is open at the right: a figure's origin, or an execution's story. Both stand in the address. */
export function Drawers() {
  const { search, set } = useAddress();
  return (
    <>
      <Drawer title="Where it comes from" open={search.lineage !== undefined} close={() => set({ lineage: undefined })}>
        {search.lineage && <Lineage of={readRef(search.lineage)} />}
      </Drawer>
      <Drawer title={`Execution ${search.trade ?? ""}`} wide open={search.trade !== undefined} close={() => set({ trade: undefined })}>
        <Suspense fallback={<div className="skeleton" role="status" aria-label="loading the story" />}>{search.trade && <Story trade={search.trade} />}</Suspense>
      </Drawer>
    </>
  );
}
