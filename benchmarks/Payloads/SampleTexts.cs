namespace NacrithOnnx.Payloads;

/// <summary>Short texts written for the samples, one a language, so that encodings have words to carry.</summary>
internal static class SampleTexts
{
    public const string English =
        "The harbour was still dark when the first boats came in. Nobody spoke much; the nets were heavy and the wind had "
        + "turned cold during the night. By seven the market hall had opened its doors, and the women from the upper town "
        + "walked down the stairs with their baskets. Prices had risen again, so they took their time. An old man sold "
        + "lemons from a cart and told everyone who would listen that the summer had been dry, that the wells in the hills "
        + "were low, and that the council had known about it since May. At noon the bells rang and the square grew empty. "
        + "Only the clerk of the shipping office stayed at his desk, copied the numbers of the day into a book, and added "
        + "them twice, because the sums of last week had been wrong by eleven crowns.\n";

    public const string German =
        "Am Morgen lag Nebel über dem Fluss, und die Fähre fuhr erst gegen neun. Wir warteten im Häuschen am Steg, tranken "
        + "heißen Tee und hörten dem Schiffer zu, der von früheren Wintern erzählte. Damals sei das Eis so dick gewesen, "
        + "dass man mit Pferd und Wagen hinüberkam. Später wurde es heller. Auf der anderen Seite führte ein schmaler Weg "
        + "zwischen Gärten zur Mühle hinauf; ihre Räder stehen seit vielen Jahren still, aber das Wehr rauscht noch.\n";

    public const string Polish =
        "Wczesnym rankiem wyszliśmy z domu i poszliśmy ścieżką przez łąkę do lasu. Było chłodno, na trawie leżała rosa, a "
        + "nad rzeką unosiła się mgła. Dziadek niósł kosz i opowiadał, gdzie rosną najlepsze grzyby. Po południu zaczęło "
        + "padać, więc schowaliśmy się w starej szopie i czekaliśmy, aż deszcz ustanie.\n";

    public const string Russian =
        "Утром мы вышли из дома и пошли вдоль реки к старому мосту. Было холодно, и над водой стоял туман. Лодочник сказал, "
        + "что паром сегодня не пойдёт, потому что ветер слишком сильный. Мы подождали немного, выпили чаю в маленьком кафе "
        + "у пристани и решили вернуться. По дороге нам встретился почтальон, который рассказал последние новости: в городе "
        + "открыли новую библиотеку, а школу закрыли на ремонт до конца месяца. Вечером собрались соседи, и разговор снова "
        + "зашёл о погоде, об урожае и о ценах на хлеб.\n";

    public const string Ukrainian =
        "Уранці ми вийшли з дому й пішли берегом річки до старого млина. Було тихо, над водою стояв туман, а на луках "
        + "паслися коні. Дід розповідав, що колись тут їздили вози з зерном із усіх сіл. Тепер млин стоїть порожній, але "
        + "його ще можна відремонтувати, якщо громада знайде гроші.\n";

    public const string Greek =
        "Το πρωί ξεκινήσαμε από το χωριό και περπατήσαμε ως τη θάλασσα. Ο ουρανός ήταν καθαρός και φυσούσε ελαφρύς άνεμος. "
        + "Στο λιμάνι οι ψαράδες άπλωναν τα δίχτυα τους και μιλούσαν για τον καιρό. Ήπιαμε καφέ στην πλατεία, αγοράσαμε "
        + "ψωμί και ελιές και γυρίσαμε πριν το μεσημέρι, γιατί η ζέστη ήταν μεγάλη.\n";

    public const string Hebrew =
        "בבוקר יצאנו מן הבית והלכנו לאורך הנחל עד הגשר הישן. היה קר, ומעל המים עמד ערפל. בעל הסירה אמר שהמעבורת לא תצא היום "
        + "בגלל הרוח החזקה. חיכינו מעט, שתינו תה בבית קפה קטן ליד הרציף והחלטנו לחזור לפני הצהריים.\n";

    public const string Arabic =
        "خرجنا في الصباح من البيت ومشينا على طول النهر حتى الجسر القديم. كان الجو باردا وكان الضباب فوق الماء. قال صاحب القارب "
        + "إن العبارة لن تسير اليوم لأن الريح قوية. انتظرنا قليلا وشربنا الشاي في مقهى صغير قرب الرصيف ثم قررنا العودة.\n";

    public const string Japanese =
        "朝早く家を出て、川に沿って古い橋まで歩いた。空気は冷たく、水の上には霧が立っていた。船頭は、風が強いので今日は渡し船が出ない"
        + "と言った。私たちはしばらく待ち、桟橋のそばの小さな店でお茶を飲み、昼前に帰ることにした。途中で郵便屋に会い、町に新しい図書館"
        + "が開いたこと、学校が月末まで休みになることを聞いた。夜には近所の人たちが集まり、また天気や米の値段の話になった。\n";

    public const string Chinese =
        "早上我们离开家，沿着河边走到那座老桥。天气很冷，水面上有一层薄雾。船夫说今天风太大，渡船不开了。我们等了一会儿，在码头旁边的"
        + "小茶馆喝了茶，决定中午以前回去。路上遇见了邮递员，他告诉我们城里新开了一家图书馆，学校要关门修理到月底。晚上邻居们聚在一起，"
        + "又谈起了天气、收成和粮食的价格。\n";

    public const string Korean =
        "아침 일찍 집을 나와 강을 따라 오래된 다리까지 걸었다. 날씨는 추웠고 물 위에는 안개가 끼어 있었다. 뱃사공은 바람이 너무 세서 오늘은 "
        + "배가 뜨지 않는다고 말했다. 우리는 잠시 기다리다가 선착장 옆 작은 찻집에서 차를 마시고 점심 전에 돌아가기로 했다.\n";

    public const string Turkish =
        "Sabah erkenden evden çıktık ve ırmak boyunca eski köprüye kadar yürüdük. Hava soğuktu, suyun üstünde sis vardı. "
        + "Kayıkçı, rüzgâr çok güçlü olduğu için bugün vapurun kalkmayacağını söyledi. Biraz bekledik, iskelenin yanındaki "
        + "küçük kahvede çay içtik ve öğleden önce dönmeye karar verdik.\n";
}
