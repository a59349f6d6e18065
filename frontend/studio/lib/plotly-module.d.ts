declare module "plotly.js-basic-dist-min" {
  const library: import("./plotly").PlotlyLibrary;
  export default library;
}
