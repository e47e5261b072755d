/** The probability of ending below a price, read off the served distribution between its points; null beyond them. */
export function below(points: readonly { price: number; below: number }[], price: number): number | null {
  const next = points.findIndex((p) => p.price >= price);
  if (next < 0) return null;
  if (points[next].price === price) return points[next].below;
  if (next === 0) return null;
  const [a, b] = [points[next - 1], points[next]];
  return a.below + ((b.below - a.below) * (price - a.price)) / (b.price - a.price);
}
