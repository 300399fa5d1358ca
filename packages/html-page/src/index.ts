export { barChart, type Bar } from './charts/bar-chart.js';
export type { AxisOptions } from './charts/axis.js';
export { figure, type LegendEntry } from './charts/figure.js';
export { heatMap } from './charts/heat-map.js';
export { histogram, type HistogramOptions } from './charts/histogram.js';
export { intervalPlot, type IntervalPlotOptions, type MeasuredValue } from './charts/interval-plot.js';
export { lineChart, type Line, type LineChartOptions } from './charts/line-chart.js';
export { palette, seriesColour } from './charts/palette.js';
export {
  parallelCoordinates,
  type ParallelAxis,
  type ParallelCoordinatesOptions,
} from './charts/parallel-coordinates.js';
export type { AxisValue } from './charts/value-axis.js';
export { html, Markup, type Insertion } from './html.js';
export { formatNumber, formatPercent } from './numbers.js';
export { renderPage, type Page } from './page.js';
export { factTable, numberCell, table, textCell, type Table } from './tables.js';
