export const batches = 'a module that exports no function as its default';
