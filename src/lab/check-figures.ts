/** Looks at the figures of a page as people do: are there marks, and do they answer the pointer? */
import type { Locator, Page } from 'playwright-core';

const marks = '.trace, .point, .hm';

/** Every figure has marks, and says something when the pointer is over it; each gets a screenshot where one is wanted. */
export async function checkFigures(
  page: Page,
  view: { where: string; figures: number; screenshots?: string },
  findings: string[],
): Promise<void> {
  const { where, figures, screenshots } = view;
  const seen = new Set<string>();
  await page.evaluate(scrollToTop);
  // JupyterLab keeps only the cells in view in its page, so all of the notebook has to pass by: down, and up again,
  // for cells that it had not measured yet jump.
  for (let step = 0; seen.size < figures && step < 80; step++) {
    for (const figure of await page.locator('.js-plotly-plot').all()) {
      const name = await figure.evaluate(nameOf).catch(() => undefined);
      if (name === undefined || seen.has(name)) continue;
      seen.add(name);
      if (!(await hasMarks(figure))) findings.push(`a figure has no marks ${where}: ${name}`);
      else if (!(await answers(page, figure)))
        findings.push(`a figure does not answer the pointer ${where}: ${name}`);
      if (screenshots === undefined) continue;
      const path = `${screenshots}-figure-${seen.size}.png`;
      await figure.screenshot({ path, timeout: 5000 }).catch(() => {});
    }
    await page.mouse.move(500, 500);
    await page.mouse.wheel(0, step < 40 ? 400 : -400);
    await page.waitForTimeout(300);
  }
  if (seen.size < figures)
    findings.push(`${figures - seen.size} of ${figures} figures are not seen ${where}`);
}

/** Runs in the page. */
const scrollToTop = `for (const one of [document.scrollingElement, ...document.querySelectorAll('.jp-WindowedPanel-outer')]) one.scrollTop = 0;`;

/** Runs in the page: the figure's place, which it keeps when JupyterLab takes its cell away and draws it again. */
function nameOf(figure: { closest(selector: string): unknown; ownerDocument: unknown }): string {
  const cell = figure.closest('[data-windowed-list-index]') as { dataset: Record<string, string> } | null;
  if (cell) return `cell ${1 + Number(cell.dataset.windowedListIndex)}`;
  const page = figure.ownerDocument as { querySelectorAll(selector: string): Iterable<unknown> };
  return `figure ${1 + [...page.querySelectorAll('.js-plotly-plot')].indexOf(figure)}`;
}

async function hasMarks(figure: Locator): Promise<boolean> {
  try {
    await figure.locator(marks).first().waitFor({ state: 'attached', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

async function answers(page: Page, figure: Locator): Promise<boolean> {
  const area = figure.locator('.nsewdrag').first();
  // JupyterLab draws cells as they come into view, which moves the others: look again where the figure is at each step.
  for (let step = 1; step < 20; step++) {
    await area.scrollIntoViewIfNeeded({ timeout: 5000 }).catch(() => {});
    await page.waitForTimeout(100);
    const box = await area.boundingBox();
    if (!box) continue;
    await page.mouse.move(box.x + (box.width * step) / 20, box.y + box.height * (step % 2 ? 0.5 : 0.8));
    await page.waitForTimeout(120);
    if ((await figure.locator('.hoverlayer .hovertext, .hoverlayer .axistext').count()) > 0) return true;
  }
  return false;
}
