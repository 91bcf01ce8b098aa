// Shows plotly figures in JupyterLab, and lets cells wait for their kernel: a prebuilt extension written by hand, copied beside plotly.js by `npm run lab`.
// JupyterLab loads it as a script, then asks `window._JUPYTERLAB['alambique-plotly']` for its modules.
(() => {
  const mimeType = 'application/vnd.plotly.v1+json';
  const here = document.currentScript.src;
  let shared;
  let library;

  // JupyterLab's own copy of a module; ours would be another class than the one it knows.
  async function fromJupyterLab(name) {
    const [copy] = Object.values(shared[name]);
    return (await copy.get())();
  }

  function loadPlotly() {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = new URL('plotly.js', here).href;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => {
        library = undefined;
        reject(new Error('plotly.js was not found; `npm run lab` puts it in its place.'));
      };
      document.head.append(script);
    });
    return library;
  }

  async function mimeExtension() {
    const { Widget } = await fromJupyterLab('@lumino/widgets');

    class Figure extends Widget {
      #place = document.createElement('div');
      #caption = document.createElement('figcaption');
      #drawn = false;

      constructor() {
        super();
        this.addClass('alambique-figure');
        const figure = document.createElement('figure');
        figure.style.margin = '0.5em 0';
        this.#caption.style.fontWeight = '600';
        figure.append(this.#caption, this.#place);
        this.node.append(figure);
      }

      async renderModel(model) {
        const { data, layout: given = {}, config = {}, alambique } = model.data[mimeType];
        // The title stands as text above the figure; in the layout it is for other viewers.
        const layout = alambique ? { ...given, title: undefined } : given;
        this.#caption.textContent = alambique?.title ?? '';
        this.#place.setAttribute('role', 'img');
        this.#place.setAttribute('aria-label', alambique?.alt ?? alambique?.title ?? 'figure');
        try {
          const Plotly = await loadPlotly();
          await Plotly.react(this.#place, data, layout, { responsive: true, ...config });
          this.#drawn = true;
        } catch (error) {
          this.#place.textContent = alambique?.alt ?? error.message;
        }
      }

      onAfterShow() {
        this.onResize();
      }

      onResize() {
        if (this.#drawn && this.isVisible) window.Plotly.Plots.resize(this.#place);
      }

      dispose() {
        if (this.#drawn) window.Plotly.purge(this.#place);
        super.dispose();
      }
    }

    return {
      __esModule: true,
      default: {
        id: 'alambique-plotly:renderer',
        // Safe: the figure is data, so it is shown in a notebook that nobody has declared trusted, too.
        rendererFactory: { safe: true, mimeTypes: [mimeType], createRenderer: () => new Figure() },
        rank: 0,
        dataType: 'json',
      },
    };
  }

  // JupyterLab's own executor starts a second kernel for cells that are run while the notebook still looks for its first, and
  // loses the run with one of them, whatever the language. Here they wait until the notebook has its kernel.
  async function cellExecutor() {
    const { INotebookCellExecutor, runCell } = await fromJupyterLab('@jupyterlab/notebook');
    const executor = {
      async runCell(given) {
        if (given.cell.model.type === 'code') await given.sessionContext?.ready;
        return runCell(given);
      },
    };
    return {
      __esModule: true,
      default: {
        id: 'alambique-plotly:cell-executor',
        autoStart: true,
        provides: INotebookCellExecutor,
        activate: () => executor,
      },
    };
  }

  const modules = { './mimeExtension': mimeExtension, './extension': cellExecutor };
  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB['alambique-plotly'] = {
    init: (scope) => {
      shared = scope;
    },
    get: async (name) => {
      const extension = await modules[name]();
      return () => extension;
    },
  };
})();
