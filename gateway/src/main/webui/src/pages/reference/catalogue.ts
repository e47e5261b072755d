import catalogue from "../../../../resources/lineage.json";

export interface Formula {
  number: string;
  page: string;
  label: string;
  endpoint: string;
  field: string;
  formula: string;
  table: string;
  source: string;
}

/** The gateway's own catalogue, as it was when this page was built with it. */
export const CATALOGUE: Formula[] = catalogue;
