package io.voldesk.gateway.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxServiceProvider;

/**
 * Puts a {@link HeadGuard} before the HTTP codec of every connection. Vert.x has no other place from which the bytes of a request
 * can be seen as they came: its codec joins folded headers, and waits for the end of a head for ever.
 */
public final class GuardedVertx implements VertxServiceProvider {
    @Override
    public void init(VertxBuilder builder) {
        builder.findTransport(new GuardedTransport());
    }

    private static final class GuardedTransport extends JDKTransport {
        @Override
        public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
            super.configure(options, domainSocket, bootstrap);
            // whatever listens in this process speaks HTTP; under TLS there is nothing to be read here
            if (!options.isSsl()) {
                bootstrap.handler(new Accepting(HeadGuard.Limits.configured()));
            }
        }
    }

    /** Sees each connection before it gets its codec. */
    @Sharable
    private static final class Accepting extends ChannelInboundHandlerAdapter {
        private final HeadGuard.Limits limits;

        Accepting(HeadGuard.Limits limits) {
            this.limits = limits;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            ((Channel) accepted).pipeline().addFirst(new HeadGuard(limits));
            context.fireChannelRead(accepted);
        }
    }
}
