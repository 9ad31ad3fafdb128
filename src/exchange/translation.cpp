// SPDX-License-Identifier: Apache-2.0
#include "exchange/translation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/words.h"

namespace marsad::exchange {
namespace {

using liaison::Field;
using liaison::Language;

// Indexed by Language: English, Arabic, Kurdish Sorani.
using InEach = std::array<std::string_view, 3>;

struct Translation {
  std::string_view word;  // of the wire
  InEach in;
};

constexpr std::array<InEach, liaison::kFields> kFieldNames = {{
    {"What", "الحدث", "ڕووداو"},
    {"When (UTC)", "الوقت (UTC)", "کات (UTC)"},
    {"Border kilometre", "كيلومتر الحدود", "کیلۆمەتری سنوور"},
    {"Where (latitude, longitude)", "المكان (خط العرض، خط الطول)", "شوێن (هێڵی پانی، هێڵی درێژی)"},
    {"Direction", "الاتجاه", "ئاراستە"},
    {"Probability", "الاحتمال", "ئەگەر"},
    {"Who or what", "من أو ماذا", "کێ یان چی"},
    {"Speed", "السرعة", "خێرایی"},
    {"Heading (clockwise from north)", "وجهة السير (من الشمال باتجاه عقارب الساعة)",
     "ڕوو لە (لە باکوورەوە بە ئاراستەی میلی کاتژمێر)"},
    {"Outcome", "النتيجة", "ئەنجام"},
    {"Seen by", "رصدته", "بینراوە لەلایەن"},
    {"Picture", "صورة", "وێنە"},
}};

constexpr std::array kTranslations = {
    Translation{"crossing", {"Crossing of the border", "عبور الحدود", "پەڕینەوەی سنوور"}},
    Translation{"approach", {"Approach to the border", "اقتراب من الحدود", "نزیکبوونەوە لە سنوور"}},
    Translation{"waiting", {"Waiting at the border", "انتظار عند الحدود", "چاوەڕوانی لە سنوور"}},
    Translation{"group", {"Group at the border", "مجموعة عند الحدود", "کۆمەڵێک لە سنوور"}},
    Translation{"convoy", {"Convoy", "رتل مركبات", "کاروانی ئۆتۆمبێل"}},
    Translation{"return_trip",
                {"Over the border and back", "عبور الحدود والعودة", "پەڕینەوە و گەڕانەوە"}},
    Translation{"hand_over",
                {"Hand-over at the border", "تسليم عند الحدود", "ڕادەستکردن لە سنوور"}},
    Translation{"breach", {"Breach of a barrier", "اختراق حاجز", "بڕینی بەربەست"}},
    Translation{"drone_crossing",
                {"Drone over the border", "طائرة مسيّرة عبرت الحدود", "درۆن بەسەر سنووردا"}},
    Translation{"drone_drop", {"Drop by a drone", "إسقاط من طائرة مسيّرة", "فڕێدانی شت لە درۆنەوە"}},
    Translation{"tampering", {"Sensor tampered with", "عبث بجهاز رصد", "دەستکاریی ئامێری چاودێری"}},
    Translation{"none", {"Neither way", "بلا اتجاه", "بێ ئاراستە"}},
    Translation{"inbound", {"Inbound", "إلى الداخل", "بۆ ناوەوە"}},
    Translation{"outbound", {"Outbound", "إلى الخارج", "بۆ دەرەوە"}},
    Translation{"person", {"Person", "شخص", "کەس"}},
    Translation{"vehicle", {"Vehicle", "مركبة", "ئۆتۆمبێل"}},
    Translation{"animal", {"Animal", "حيوان", "ئاژەڵ"}},
    Translation{"aircraft", {"Aircraft", "طائرة", "فڕۆکە"}},
    Translation{"bird", {"Bird", "طائر", "باڵندە"}},
    Translation{"unknown", {"Unknown", "غير معروف", "نەزانراو"}},
    Translation{"turned_back", {"Turned back", "أُعيد", "گەڕێندراوەتەوە"}},
    Translation{"detained", {"Detained", "محتجز", "دەستگیرکراو"}},
    Translation{"aid_given", {"Aid given", "قُدمت له المساعدة", "یارمەتی دراوە"}},
    Translation{"handed_to_partner",
                {"Handed to partner", "سُلّم إلى الشريك", "ڕادەستی هاوبەش کراوە"}},
    Translation{"lost", {"Lost", "فُقد أثره", "ون بووە"}},
    Translation{"false_alarm", {"False alarm", "إنذار كاذب", "ئاگاداری هەڵە"}},
    Translation{"goes with it", {"Goes with it", "مرفقة", "هاوپێچە"}},
};

constexpr std::array<Phrases, 3> kPhrases = {{
    {"Notice of an incident at the border", "Notice number", "Sent (UTC)",
     "EXERCISE: what is told here did not happen", "Sent again; you may have received it before",
     "Please confirm receipt, with the notice number"},
    {"إشعار بحادث على الحدود", "رقم الإشعار", "أُرسل (UTC)", "تمرين: ما يرد هنا لم يحدث",
     "أُرسل مرة أخرى؛ ربما وصلكم من قبل", "يرجى تأكيد الاستلام مع ذكر رقم الإشعار"},
    {"ئاگاداری لە ڕووداوێک لەسەر سنوور", "ژمارەی ئاگاداری", "نێردرا (UTC)",
     "ڕاهێنان: ئەوەی لێرەدایە ڕووی نەداوە", "دووبارە نێردراوەتەوە؛ لەوانەیە پێشتر گەیشتبێت",
     "تکایە گەیشتنی پشتڕاست بکەنەوە لەگەڵ ژمارەی ئاگاداری"},
}};

std::size_t index(Language language) { return static_cast<std::size_t>(language); }

std::string translated(std::string_view word, Language language) {
  const auto found =
      std::find_if(kTranslations.begin(), kTranslations.end(),
                   [&](const Translation& translation) { return translation.word == word; });
  return std::string(found == kTranslations.end() ? word : found->in[index(language)]);
}

}  // namespace

const Phrases& phrases(Language language) { return kPhrases[index(language)]; }

std::string_view language_tag(Language language) { return base::word(language); }

bool is_right_to_left(Language language) { return language != Language::en; }

std::vector<Line> lines(const liaison::Notice& notice) {
  std::vector<Line> out;
  for (const liaison::Told& one : liaison::told(notice)) {
    const auto name = kFieldNames[static_cast<std::size_t>(one.field)][index(notice.language)];
    // Names of sensors are the site's own, and no words.
    out.push_back({std::string(name), one.field == Field::sensors
                                          ? one.value
                                          : translated(one.value, notice.language)});
  }
  return out;
}

}  // namespace marsad::exchange
