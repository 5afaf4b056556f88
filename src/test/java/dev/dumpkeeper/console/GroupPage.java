package dev.dumpkeeper.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpServer;
import org.springframework.web.util.HtmlUtils;

/**
 * A chat group that exists nowhere, to be read in a browser: what a robot delivered, the
 * newest first, as text.
 */
final class GroupPage implements AutoCloseable {

	private final HttpServer server;

	private GroupPage(HttpServer server) {
		this.server = server;
	}

	static GroupPage start(Supplier<List<String>> messages) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", (exchange) -> {
				byte[] page = page(messages.get()).getBytes(StandardCharsets.UTF_8);
				exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
				exchange.getResponseHeaders()
					.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
				exchange.sendResponseHeaders(200, page.length);
				exchange.getResponseBody().write(page);
				exchange.close();
			});
			server.start();
			return new GroupPage(server);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	URI address() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/");
	}

	static String page(List<String> messages) {
		List<String> newestFirst = new ArrayList<>(messages);
		Collections.reverse(newestFirst);
		StringBuilder page = new StringBuilder("<!DOCTYPE html><meta charset=utf-8><meta http-equiv=refresh content=10>"
				+ "<title>A group that exists nowhere</title><style>body{font:15px sans-serif;max-width:50rem;"
				+ "margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #999;"
				+ "border-radius:8px;padding:1rem}</style><h1>A group that exists nowhere</h1>");
		newestFirst.forEach((message) -> page.append("<pre>").append(HtmlUtils.htmlEscape(message)).append("</pre>"));
		return page.toString();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
