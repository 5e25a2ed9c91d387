/** The contract without its schemas, made at build time (client/build). */
declare module 'virtual:contract' {
  export const contract: import('@orpc/contract').AnyContractRouter;
}
