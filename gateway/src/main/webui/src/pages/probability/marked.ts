/** Beyond every quote a price is the fit's own, and marked so. */
export const marked = (text: string, extrapolated: boolean) => (extrapolated ? `${text} *` : text);
