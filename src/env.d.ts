declare module 'virtual:palette.css' {}
declare module 'site-fonts/*.css' {}
declare module 'site-fonts/*?url' {
  const address: string
  export default address
}
