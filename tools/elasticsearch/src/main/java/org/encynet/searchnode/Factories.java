package org.encynet.searchnode;

import java.io.IOException;
import java.io.Reader;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.AnalyzerScope;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.NormalizingCharFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** Turns a function that wraps a reader or a token stream into the factory that Elasticsearch asks for. */
final class Factories {

    private Factories() {}

    /** Reads the settings once, when the index is opened, and returns what builds each stream. */
    interface Configured<T> {
        T read(Environment env, Settings settings) throws IOException;
    }

    static AnalysisProvider<AnalyzerProvider<? extends Analyzer>> analyzer(Configured<Analyzer> configured) {
        return (index, env, name, settings) -> new Provided(name, configured.read(env, settings));
    }

    static AnalysisProvider<TokenizerFactory> tokenizer(Configured<Supplier<Tokenizer>> configured) {
        return (index, env, name, settings) -> TokenizerFactory.newFactory(name, configured.read(env, settings));
    }

    static AnalysisProvider<CharFilterFactory> charFilter(Configured<UnaryOperator<Reader>> configured) {
        return (index, env, name, settings) -> new CharFilter(name, configured.read(env, settings));
    }

    /** A character filter that keyword normalizers may use too. */
    static AnalysisProvider<CharFilterFactory> normalizingCharFilter(Configured<UnaryOperator<Reader>> configured) {
        return (index, env, name, settings) -> new NormalizingCharFilter(name, configured.read(env, settings));
    }

    static AnalysisProvider<TokenFilterFactory> filter(Configured<UnaryOperator<TokenStream>> configured) {
        return (index, env, name, settings) -> new Filter(name, configured.read(env, settings));
    }

    /** A token filter that keyword normalizers, and the terms of wildcard and prefix queries, pass through too. */
    static AnalysisProvider<TokenFilterFactory> normalizing(Configured<UnaryOperator<TokenStream>> configured) {
        return (index, env, name, settings) -> {
            UnaryOperator<TokenStream> wrap = configured.read(env, settings);
            return new NormalizingFilter(name, wrap, wrap);
        };
    }

    record Provided(String name, Analyzer get) implements AnalyzerProvider<Analyzer> {
        @Override
        public AnalyzerScope scope() {
            return AnalyzerScope.INDEX;
        }
    }

    record CharFilter(String name, UnaryOperator<Reader> wrap) implements CharFilterFactory {
        @Override
        public Reader create(Reader in) {
            return wrap.apply(in);
        }
    }

    record NormalizingCharFilter(String name, UnaryOperator<Reader> wrap) implements NormalizingCharFilterFactory {
        @Override
        public Reader create(Reader in) {
            return wrap.apply(in);
        }
    }

    record Filter(String name, UnaryOperator<TokenStream> wrap) implements TokenFilterFactory {
        @Override
        public TokenStream create(TokenStream in) {
            return wrap.apply(in);
        }
    }

    record NormalizingFilter(String name, UnaryOperator<TokenStream> wrap, UnaryOperator<TokenStream> onNormalize)
        implements NormalizingTokenFilterFactory {
        @Override
        public TokenStream create(TokenStream in) {
            return wrap.apply(in);
        }

        @Override
        public TokenStream normalize(TokenStream in) {
            return onNormalize.apply(in);
        }
    }
}
