/** Which states each list of the page shows. */

export const IS_DRAFT: readonly string[] = ['draft'];

/** Tasks that are still to be written: never tried, or tried in vain. */
export const IN_QUEUE: readonly string[] = ['queued', 'failed'];
