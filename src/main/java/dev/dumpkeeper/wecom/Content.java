package dev.dumpkeeper.wecom;

/**
 * The content of one call.
 */
sealed interface Content permits Content.Markdown, Picture {

	static Content markdown(String text) {
		return new Markdown(text);
	}

	/**
	 * A text.
	 *
	 * @param text in the robot's markdown
	 */
	record Markdown(String text) implements Content {

		@Override
		public String toString() {
			return this.text;
		}

	}

}
