// Files that the bundler copies; importing one gives its address.
declare module "*.svg" {
  const url: string;
  export default url;
}
