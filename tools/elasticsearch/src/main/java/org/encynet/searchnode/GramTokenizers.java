package org.encynet.searchnode;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.TokenizerFactory;

/** `ngram` and `edge_ngram` as tokenizers: the parts, or beginnings, of the text itself; Wagtail's own index names both. */
final class GramTokenizers {

    private static final IntPredicate ANY = character -> true;

    // As java.lang.Character says; the names are Elastic's.
    private static final Map<String, IntPredicate> TOKEN_CHARS = Map.ofEntries(
        entry("letter", Character::isLetter),
        entry("digit", Character::isDigit),
        entry("whitespace", Character::isWhitespace),
        entry("punctuation", character -> isOneOf(character,
            Character.START_PUNCTUATION, Character.END_PUNCTUATION, Character.OTHER_PUNCTUATION, Character.CONNECTOR_PUNCTUATION,
            Character.DASH_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION)),
        entry("symbol", character -> isOneOf(character,
            Character.CURRENCY_SYMBOL, Character.MATH_SYMBOL, Character.OTHER_SYMBOL, Character.MODIFIER_SYMBOL)));

    private GramTokenizers() {}

    static TokenizerFactory ngram(IndexSettings index, Environment env, String name, Settings s) {
        Grams g = Grams.within(index, s);
        IntPredicate kept = tokenChars(s);
        return TokenizerFactory.newFactory(name, () -> new NGramTokenizer(g.min(), g.max()) {
            @Override
            protected boolean isTokenChar(int character) {
                return kept.test(character);
            }
        });
    }

    static TokenizerFactory edgeNgram(IndexSettings index, Environment env, String name, Settings s) {
        Grams g = Grams.of(s);
        IntPredicate kept = tokenChars(s);
        return TokenizerFactory.newFactory(name, () -> new EdgeNGramTokenizer(g.min(), g.max()) {
            @Override
            protected boolean isTokenChar(int character) {
                return kept.test(character);
            }
        });
    }

    /** Which characters are kept; the others end a token. */
    private static IntPredicate tokenChars(Settings s) {
        List<String> names = s.getAsList("token_chars");
        return names.stream().map(name -> named(name, s)).reduce(IntPredicate::or).orElse(ANY);
    }

    private static IntPredicate named(String name, Settings s) {
        if (name.equals("custom")) {
            String own = s.get("custom_token_chars", "");
            if (own.isEmpty()) throw new IllegalArgumentException("Token type: 'custom' requires setting `custom_token_chars`");
            return character -> own.indexOf(character) >= 0;
        }
        IntPredicate known = TOKEN_CHARS.get(name);
        if (known == null) throw new IllegalArgumentException("Unknown token type: '" + name + "'");
        return known;
    }

    private static boolean isOneOf(int character, byte... types) {
        for (byte type : types) if (Character.getType(character) == type) return true;
        return false;
    }
}
