/** What each order would cost, as a drawing that needs no script. */
import { chartFrame, shortNumber } from '../../src/serving.js';

/** The curve over orders as SVG, the chosen order marked. Its title tells both ends and the choice in words. */
export function costCurve(orders: readonly number[], costs: readonly number[], chosen: number): string {
  const { x, y, grid, svg, colours } = chartFrame({
    x: [0, orders.at(-1)!],
    y: [0, Math.max(...costs, 1e-9)],
    height: 200,
  });
  const points = orders.map((order, i) => `${x(order)},${y(costs[i]!)}`).join(' ');
  const words = `Ordering nothing costs ${shortNumber(costs[0]!)}, ${orders.at(-1)} costs ${shortNumber(costs.at(-1)!)}; the order is ${chosen}.`;
  return svg(
    words,
    `${grid}<line x1='${x(chosen)}' x2='${x(chosen)}' y1='${y(0)}' y2='${y(Math.max(...costs))}' stroke='${colours.orange}' stroke-dasharray='4 3'/>
<polyline points='${points}' fill='none' stroke='${colours.ink}' stroke-width='1.8'/>`,
  );
}
