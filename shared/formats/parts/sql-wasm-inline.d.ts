/** The build of sql.js that has its WebAssembly in itself: nothing is fetched. It has no types of its own. */
declare module "sql.js/dist/sql-wasm-inline.js" {
  import initSqlJs from "sql.js";
  export default initSqlJs;
}
