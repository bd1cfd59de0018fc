package org.encynet.searchnode;

import com.ibm.icu.text.FilteredNormalizer2;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;
import org.elasticsearch.common.settings.Settings;

/** The settings that the icu_* components share. */
final class Unicode {

    private Unicode() {}

    /** `name` (nfc, nfkc, nfkc_cf) and `mode` (compose, decompose), within `unicode_set_filter`. */
    static Normalizer2 normalizer(Settings s) {
        var mode = "decompose".equals(s.get("mode")) ? Normalizer2.Mode.DECOMPOSE : Normalizer2.Mode.COMPOSE;
        return filtered(Normalizer2.getInstance(null, s.get("name", "nfkc_cf"), mode), s);
    }

    /** The same normalizer, kept to the characters of `unicode_set_filter` where that is set. */
    static Normalizer2 filtered(Normalizer2 normalizer, Settings s) {
        String set = s.get("unicode_set_filter");
        return set == null ? normalizer : new FilteredNormalizer2(normalizer, new UnicodeSet(set).freeze());
    }
}
