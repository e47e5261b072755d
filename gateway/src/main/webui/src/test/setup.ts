import { cleanup } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { server } from "./server";

// what a browser has and jsdom has not
class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
vi.stubGlobal("ResizeObserver", NoObserver);
vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener() {}, removeEventListener() {} }));
// nothing is laid out: a box of some size, so that a grid has rows in sight
Object.defineProperties(HTMLElement.prototype, { clientHeight: { get: () => 600 }, clientWidth: { get: () => 1000 } });
Element.prototype.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};
// charts are drawn in the browser's tests: there is no canvas here
vi.mock("../ui/echarts", () => ({ init: () => ({ setOption() {}, getOption: () => ({}), on() {}, resize() {}, dispose() {}, dispatchAction() {} }) }));

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
});
afterAll(() => server.close());
