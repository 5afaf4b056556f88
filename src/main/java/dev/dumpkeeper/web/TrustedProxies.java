package dev.dumpkeeper.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.regex.Pattern;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;

/**
 * Applies X-Forwarded-For of trusted proxies, as far as it contains addresses: clients
 * are limited and recorded by address, so an arbitrary text of any length must not be
 * taken for one.
 */
final class TrustedProxies extends RemoteIpValve {

	private static final String FORWARDED_FOR = "X-Forwarded-For";

	private static final Pattern ADDRESS = Pattern
		.compile("\\d{1,3}(\\.\\d{1,3}){3}|(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]{2,45}");

	TrustedProxies(Pattern proxies) {
		setInternalProxies(proxies.pattern());
		setRemoteIpHeader(FORWARDED_FOR);
		setProtocolHeader(null);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		String[] hops = String.join(",", Collections.list(request.getHeaders(FORWARDED_FOR))).split(",");
		// Each proxy appends the address that it sees.
		int from = hops.length;
		while (from > 0 && ADDRESS.matcher(hops[from - 1].strip()).matches()) {
			from--;
		}
		if (from == hops.length) {
			getNext().invoke(request, response);
			return;
		}
		request.getCoyoteRequest().getMimeHeaders().removeHeader(FORWARDED_FOR);
		request.getCoyoteRequest()
			.getMimeHeaders()
			.addValue(FORWARDED_FOR)
			.setString(String.join(",", Arrays.copyOfRange(hops, from, hops.length)));
		super.invoke(request, response);
	}

}
