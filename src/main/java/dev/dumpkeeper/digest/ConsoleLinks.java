package dev.dumpkeeper.digest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * Addresses of the console's pages for messages. They identify a page and give no access:
 * whoever follows one signs in first.
 */
public final class ConsoleLinks {

	private final @Nullable String console;

	/**
	 * Creates an instance.
	 * @param publicUrl where people reach the service, {@code null} if they do not or if
	 * there is no console
	 */
	public ConsoleLinks(@Nullable URI publicUrl) {
		this.console = (publicUrl != null) ? publicUrl.toString().replaceAll("/+$", "") + "/console" : null;
	}

	/**
	 * Returns the address of the first page, which lists what needs action.
	 * @return empty without a console
	 */
	public Optional<String> overview() {
		return Optional.ofNullable(this.console);
	}

	/**
	 * Returns the address of a dump's page, which remains after the dump is deleted.
	 * @param id the dump's number
	 * @return empty without a console
	 */
	public Optional<String> dump(long id) {
		return overview().map((console) -> console + "/dumps/" + id);
	}

	/**
	 * Returns the address of a volume's page.
	 * @param name the volume's name, any text
	 * @return empty without a console; contains nothing that ends a link in markdown
	 */
	public Optional<String> volume(String name) {
		return overview().map((console) -> console + "/volume?name=" + UriUtils.encode(name, StandardCharsets.UTF_8));
	}

}
