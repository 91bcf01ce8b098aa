/** What the kernel of a forest asks of the program. */

/** Finds the best split of the leaf on a column of categories and leaves it behind the histogram. */
export declare function searchCategories(column: i32): void;
