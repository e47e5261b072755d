// Holds answers against what the API's own document says of them.
import Ajv from "ajv/dist/2020.js";

/**
 * @param document the merged OpenAPI document
 * @returns of an answer ({route, body}) what in it is not as the document says
 */
export function asDocumented(document) {
  const compiled = new Map();
  const judge = (route) => {
    if (!compiled.has(route)) {
      const schema = document.paths[route]?.get?.responses?.["200"]?.content?.["application/json"]?.schema;
      const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
      compiled.set(route, schema ? ajv.compile({ ...schema, components: document.components }) : null);
    }
    return compiled.get(route);
  };
  return ({ route, body }) => {
    const valid = judge(route);
    if (!valid) return [`${route}: the document says nothing of it`];
    return valid(body) ? [] : valid.errors.map((e) => `${route}: ${e.instancePath.replace(/\/\d+/g, "[]")} ${e.message}`);
  };
}
