// What may be null by what it means, and why: nothing else may be, unless a state and a reason stand beside it. `path` is matched
// against the path of the field, indices left out; what has `given` may be null only beside a field of that name that is not.
export const NULLABLE = [
  { route: /\/(performance|analytics\/status)$/, path: /^portfolio$/, why: "the filter as asked; none was" },
  { route: /^\/api\/internal\/trades/, path: /(^|\.)(last_error|last_error_at|error)$/, why: "nothing has failed" },
  { route: /\/sync\/status$/, path: /^owed_enrichment\.oldest$/, why: "nothing is owed" },
  { route: /\/sync\/(status|runs)$/, path: /(^last_run_summary|\.summary)\.clean$/, why: "only a full-scope diagnostic judges" },
  { route: /\/sync\/(status|runs)$/, path: /(^last_run_summary|\.summary)\.analytics$/, why: "the ledger's row is written before the enrichment runs, which has a summary of its own" },
  { route: /^\/api\/internal\/trades/, path: /(^|\.)(fees_usd|net_premium_usd)$/, why: "Alpha gave no fees; a net of unknown fees is unknown" },
  { route: /^\/api\/internal\/trades/, path: /(^|\.)settle_date$/, why: "Alpha gave none" },
  { route: /\{id\}\/analytics$/, path: /^execution_benchmark\.(slippage_vol_points|traded_iv)$/, given: "vol_reason", why: "the price has no vol, and the reason stands beside it" },
  { route: /\{id\}\/analytics$/, path: /^alignment\.signals\.value$/, given: "points", why: "a regime is a word, not a number; its points stand beside it" },
  { route: /^\/api\/alerts\/signals$/, path: /\.cleared_at$/, why: "it stands" },
  { route: /^\/api\/alerts\/signals$/, path: /\.currency$/, why: "of the desk's own workings, not of one market" },
  { route: /^\/api\/jobs\/\{id\}$/, path: /^(request\.|problem$|result\.(clean|analytics)$)/, why: "what was not asked for, and did not happen" },
  { route: /^\/api\/snapshots\/coverage$/, path: /^cells\.(record_count|suspicious_count)$/, why: "the cell's status says that nothing is stored" },
  { route: /^\/api\/snapshots\/status$/, path: /^items\.warnings$/, why: "there were none" },
  { route: /^\/api\/snapshots\/remediation$/, path: /^items\.(rows_before|suspicious_before)$/, why: "nothing was stored before" },
  { route: /^\/api\/snapshots\/remediation$/, path: /^items\.detail$/, why: "there is no more to say" },
  { route: /^\/api\/snapshots\/\{type\}/, path: /^rows\./, why: "rows as they are stored: the vendor's own gaps" },
  { route: /^\/api\/snapshots\/raw\//, path: /./, why: "the vendor's answer, byte for byte" },
  { route: /^\/api\/session$/, path: /^(email|csrf_token)$/, why: "nobody is signed in" },
];
