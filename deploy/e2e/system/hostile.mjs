// Values that have broken systems like this one, by what they pretend to be. A string stands for itself, in a query it is escaped;
// RAW_ESCAPES are put into a query as they are.

const far = ["+999999999-12-31", "-999999999-01-01", "+294277-01-01", "+10000-01-01", "0000-00-00", "0000-01-01", "0001-01-01", "1066-10-14", "9999-12-31"];

export const DATES = [
  ...far,
  ...["1969-12-31", "1970-01-01", "2024-02-30", "2023-02-29", "2024-13-01", "2024-4-1", "20240401", "2024-04", "2024-W14-1", "2024-092", "24-04-01", "01/04/2024"],
  ...["tomorrow", "now", "infinity", "-infinity", "epoch", "today", "２０２４-04-01", "٢٠٢٤-٠٤-٠١", "2024\u201004\u201001", "2024-04-01 ", " 2024-04-01", "2024-04-01\n"],
];

export const INSTANTS = [
  ...far.map((date) => `${date}T23:59:59.999999999-18:00`),
  ...far.map((date) => `${date}T00:00:00Z`),
  ...["2024-04-01T00:00:00", "2024-04-01T24:00:00Z", "2024-04-01T23:59:60Z", "2024-04-01T00:00:00+19:00", "2024-04-01T00:00:00.1234567890Z", "2024-04-01t00:00:00z"],
  ...["2024-04-01T00:00Z", "2024-04-01T00:00:00Z[Asia/Kolkata]", "T00:00:00Z", "1711929600", "1711929600000", "1e30", "2024-04-01T00:00:00+05:30", "2024-04-01T00:00:00−05:30"],
];

export const NUMBERS = [
  ...["0", "-0", "-1", "1", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "99999999999999999999999999"],
  ...["1e999", "-1e999", "1e-999", "1e9", "1.5", "0.1", "NaN", "Infinity", "-Infinity", "nan", "0x10", "0x1p3", "1d", "1_000", "1,000", "1.", ".5", "+1", "--1", "1 000", "007"],
  ...["٣", "７", "１２", "²", "Ⅷ", "1\u0000", "\u00a01", "null", "true", "[]", "{}", "()"],
];

export const TEXTS = [
  ...["", " ", "\t", "\u0000", "a\u0000b", "\u0001", "\u007f", "\ufeff", "\u202e", "\ufffe", "\u0130", "ı", "ﬀ", "💹", "é".repeat(200), "x".repeat(1900), "null", "undefined", "None"],
  ...["'", "\"", "''", "';--", "' or '1'='1", "1; drop table execution; --", "\\", "\\'", "%", "_", "%%", "$$", "$1", ":id", "?", "::text", "pg_sleep(9)", "'||pg_sleep(9)||'", "/*", "--"],
  ...["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "${jndi:ldap://x.invalid/a}", "%n%s%x", "{0}", "=1+1", "@SUM(1)"],
  ...["../../etc/passwd", "..\\..\\", "file:///etc/passwd", "http://x.invalid/", "a/b", "a%2fb", ".", "..", "-", "+", "&", "=", ",", ",,,", ";", "|", "a|b|c", "\r\nX-Injected: 1"],
  ...["BTC", "btc", "Btc", "DOGE", "alpha_sync", "ALPHA_SYNC", "gex", "GEX", "open", "filled", "FILLED", "all", "direct", "true", "TRUE", "yes", "ZXhlY3V0ZWRfYXR8MjAyNC0wNC0wMVQwMDowMDowMFp8AA"],
];

/** Parts of a query that are no text in UTF-8, or no escapes at all. */
export const RAW_ESCAPES = ["%", "%0", "%zz", "%u0041", "%00", "%c3%28", "%ff", "%ed%a0%80", "%f4%90%80%80", "%c0%80", "%e2%82", "%25%30%30", "+", "%2B", "%0d%0a", "%3b", "%26", "%3d"];

const nested = (open, close, depth) => open.repeat(depth) + close.repeat(depth);

/** Values of a field of a body, as JSON text. */
export const JSON_VALUES = [
  ...["null", "true", "false", "0", "-1", "1.5", "1e400", "-1e400", "1e-400", "9223372036854775808", "123456789012345678901234567890", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud83d\"", "\"\\udcb9\\ud83d\""],
  ...["[]", "[null]", "[[]]", "[[null]]", "{}", "{\"a\":1}", "[{}]", "[\"\"]", "[\"\\u0000\"]", "[0]", "[true]", "[1.5]", "[9223372036854775808]", "[1,1,1]", `[${Array(2_000).fill("1").join()}]`],
  ...[nested("[", "]", 500), nested("{\"a\":", "}", 400).replace("}", "1}"), nested("[", "]", 20_000)],
  ...[...DATES, ...INSTANTS.slice(0, 12), ...NUMBERS.slice(0, 20), ...TEXTS].map((text) => JSON.stringify(text)),
];

/** Bodies that are no JSON object, or are no JSON. */
export const BODIES = [
  ...["", " ", "null", "true", "0", "\"\"", "[]", "[{}]", "{", "}", "{}}", "{} {}", "{\"a\"}", "{'a':1}", "{\"a\":1,}", "{a:1}", "\u0000", "\ufeff{}", "NaN", "{\"a\":NaN}", "{\"a\":01}", "// x\n{}"],
  ...["{\"a\":1,\"a\":2}", "{\"dry_run\":true,\"dry_run\":true}", "{\"__proto__\":{}}", "{\"@class\":\"java.lang.Runtime\"}", "{\"\":1}", "{\"\\u0000\":1}", `{"${"k".repeat(5_000)}":1}`, nested("{\"a\":", "}", 1_500), nested("[", "]", 5_000)],
  ...[`{"a":"${"x".repeat(200_000)}"}`, `{"a":${"9".repeat(5_000)}}`],
];
