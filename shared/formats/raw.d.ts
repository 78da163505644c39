/** A fixture's text; the tests' bundler reads it. */
declare module '*.xml?raw' {
  const text: string
  export default text
}
