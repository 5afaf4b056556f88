/**
 * Notifies people: keeps messages until the WeCom group robot has accepted each of their
 * pages, without knowledge of their content.
 */
@NullMarked
package dev.dumpkeeper.wecom;

import org.jspecify.annotations.NullMarked;
