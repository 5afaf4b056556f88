package dev.dumpkeeper.wecom;

/**
 * The language that messages to people are written in.
 */
public enum Language {

	/** Simplified Chinese. */
	ZH,

	/** English. */
	EN

}
