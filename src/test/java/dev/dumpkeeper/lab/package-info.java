/**
 * The laboratory: real servers that tests run against, each started and ended by the test
 * itself, without a container engine. MySQL or MariaDB, two kinds of S3 gateway, a tree
 * of files to fill them with, and a proxy that makes the network misbehave.
 */
@NullMarked
package dev.dumpkeeper.lab;

import org.jspecify.annotations.NullMarked;
