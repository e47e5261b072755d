import type { SortingState } from "@tanstack/react-table";

/** An order as one word of an address: names with a minus before those from the top, commas between. */
export const readSort = (word: string | undefined): SortingState => (word ? word.split(",").map((name) => ({ id: name.replace(/^-/, ""), desc: name.startsWith("-") })) : []);

export const writeSort = (sort: SortingState): string | undefined => sort.map(({ id, desc }) => (desc ? `-${id}` : id)).join(",") || undefined;
