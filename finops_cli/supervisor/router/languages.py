"""Glosses: the English words of Spanish, Portuguese, French, German, Japanese, Chinese questions.

The router knows one grammar. A question in another language is glossed into it, phrase by phrase,
which suffices because the words that decide (cost, why, last month, budget) are few. European
words are written without accents, as the reader of words leaves them.
"""

import re
from dataclasses import dataclass
from functools import cache


def _table(text: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Read lines of ``foreign phrase, another phrase = english words``."""
    table = {}
    for line in text.strip().splitlines():
        left, _, right = line.partition("=")
        for phrase in left.split(","):
            table[tuple(phrase.split())] = tuple(right.split())
    return table


_ES = _table("""
entre = between
primer, primera, primero, primeros, primeras = first
segundo, segunda = second
tercer, tercera, tercero = third
cuarto, cuarta = fourth
mitad, quincena = half
trimestre = quarter
que cuenta, que cuentas, cual cuenta, cuales cuentas = which account
que equipo, que equipos = which team
que region, que regiones = which region
gasto mas, gasta mas, gastan mas, gastaron mas, cuesta mas, cuestan mas = cost most
anormal, anormales, atipico, atipicos, atipica, anomala = unusual
desde = since
hasta = to
principio de ano, inicio de ano, principios de ano, comienzo de ano = ytd
sobredimensionadas, sobredimensionados, sobredimensionada = oversized
subutilizadas, subutilizados, infrautilizadas, infrautilizados = underutilized
cuanto, cuanta, cuantos = how much
gasto, gastos, coste, costes, costo, costos, gastamos, gastado, gastando, gastar, gastas = cost
cuesta, cuestan, costo de, pagamos, costaron = cost
factura, facturas, facturacion = bill
por que, porque, a que se debe, cual es la causa = why
subio, subido, sube, aumento, aumentado, crecio, incremento, disparo, disparado = increase
bajo, disminuyo = decrease
pico, picos = spike
prevision, pronostico, proyeccion, predice, pronostica, previsto, estimacion, preve = forecast
gastaremos, gastare, costara, sera = forecast
anomalia, anomalias, anomalos, anomalo = anomalies
inusual, inusuales, inesperado, inesperados, raro, raros, extrano = unusual
presupuesto = budget
presupuestos = budgets
avisame, avisa, avisenme, alertame, notificame = alert me
supera, supere, superen, exceda, pasa de, pase de = over
dolares, dolar = dollars
queda, restante = left
superado, excedido, sobrepasado, excedi, excederemos, pasado del, superar, superaremos = over
crear, crea, creame, configura, configurar, establece = create
ahorrar, ahorro, ahorros, ahorramos, ahorraria = save
reducir, bajar, recortar, reduzco = reduce
recomendaciones, recomendacion = recommendations
recomiendas, recomiendame, sugiere = recommend
oportunidades = opportunities
no estamos usando, no usamos, no se usan, que no usamos = unused
inactivos, inactivas, ociosos, ociosas, sin uso, sin usar, no utilizados, no utilizadas = idle
recursos = resources
instancias = instances
instancias reservadas = reserved instances
planes de ahorro = savings plans
cobertura = coverage
el mes pasado, mes pasado, ultimo mes, mes anterior, el ultimo mes = last month
este mes, mes actual, mes en curso = this month
proximo mes, el mes que viene, mes que viene, mes proximo, siguiente mes = next month
la semana pasada, semana pasada, ultima semana = last week
esta semana = this week
proxima semana = next week
ano pasado = last year
este ano = this year
proximo ano = next year
trimestre pasado, ultimo trimestre = last quarter
este trimestre = this quarter
proximo trimestre = next quarter
hoy = today
ayer = yesterday
manana = tomorrow
fin de mes, final de mes = end of month
fin de ano, final de ano = end of year
ultimos, ultimas = last
proximos, proximas = next
dias = days
semanas = weeks
meses = months
ano, anos = years
mes = month
semana = week
por servicio, por servicios = by service
por region = by region
por cuenta, por cuentas = by account
por equipo = by team
por mes, mensual, mensuales, al mes = monthly
por dia, diario, diarios, diaria = daily
desglose, desglosa = breakdown
servicio = service
servicios = services
region, regiones = region
cuenta = account
cuentas = accounts
equipo = team
que servicio, que servicios, cual servicio = which service
mas caro, mas caros, mas cara, mas caras = most expensive
mas = most
compara, comparar, comparado con, comparacion, frente a = compare
en comparacion con, respecto a = vs
tendencia, evolucion = trend
muestra, muestrame, dame, ensename = show
que, cual, cuales = what
ha, hay, tenemos, tengo = is
donde = where
podemos, puedo, puedes, podria = can
de, del, en, para, con, nos, el, la, los, las, un, una, mi, nuestro, nuestra, al, a, se, me, es =
y = and
o = or
borra, elimina, borrar, eliminar = delete
clima, tiempo hara = weather
enero = january
febrero = february
marzo = march
abril = april
mayo = may
junio = june
julio = july
agosto = august
septiembre = september
octubre = october
noviembre = november
diciembre = december
almacenamiento = storage
produccion = production
hola = hello
gracias = thanks
ayuda = help
""")

_PT = _table("""
entre = between
primeiro, primeira, primeiros, primeiras = first
segundo = second
segunda metade = second half
segunda semana = second week
segunda quinzena = second half
terceiro = third
terceira semana = third week
quarto trimestre = fourth quarter
metade, quinzena = half
trimestre = quarter
semana = week
a, ao, aos =
qual conta, quais contas, que conta = which account
qual equipe, quais equipes, que equipe = which team
qual regiao, quais regioes = which region
gastou mais, gasta mais, gastam mais, gastaram mais, custa mais, custam mais = cost most
mais cara, mais caras = most expensive
algum, alguma, alguns, algumas = any
anormal, anormais, atipico, atipicos, atipica, anomalo, anomalos = unusual
desde = since
ate = to
inicio do ano, comeco do ano = ytd
superdimensionadas, superdimensionados, superdimensionada = oversized
subutilizadas, subutilizados = underutilized
quanto, quanta, quantos = how much
gasto, gastos, custo, custos, gastamos, gastei, gastou, gastando, gastar, despesa, despesas = cost
custa, custam, custou, pagamos = cost
fatura, faturas, conta da aws = bill
por que, porque, por causa de que = why
subiu, aumentou, aumento, cresceu, disparou = increase
pico, picos = spike
previsao, projecao, prever, preve, previsto, estimativa = forecast
gastaremos, vamos gastar, vai custar = forecast
anomalia, anomalias = anomalies
incomum, incomuns, inesperado, inesperados, estranho, estranhos = unusual
orcamento = budget
orcamentos = budgets
me avise, avise me, me avisa, me alerte, me notifique = alert me
passar de, ultrapassar, exceder = over
dolares, dolar = dollars
restante, sobra = left
estourado, estourou, excedido, ultrapassado, ultrapassou = over
criar, crie, cria, configure = create
economizar, economia, economias, poupar = save
reduzir, diminuir, cortar = reduce
recomendacoes, recomendacao = recommendations
oportunidades = opportunities
nao estamos usando, nao usamos, nao sao usados = unused
ociosos, ociosas, ocioso, inativos, nao utilizados, sem uso = idle
recursos = resources
instancias = instances
instancias reservadas = reserved instances
cobertura = coverage
o mes passado, mes passado, ultimo mes, mes anterior = last month
este mes, neste mes, mes atual, deste mes = this month
proximo mes, mes que vem = next month
semana passada, ultima semana = last week
esta semana, nesta semana = this week
proxima semana, semana que vem = next week
ano passado = last year
este ano, neste ano = this year
proximo ano, ano que vem = next year
trimestre passado, ultimo trimestre = last quarter
este trimestre = this quarter
proximo trimestre = next quarter
hoje = today
ontem = yesterday
amanha = tomorrow
fim do mes, final do mes = end of month
fim do ano, final do ano = end of year
ultimos, ultimas = last
proximos, proximas = next
dias = days
semanas = weeks
meses = months
mes = month
por servico, por servicos = by service
por regiao = by region
por conta, por contas = by account
por equipe, por time = by team
por mes, mensal, mensais = monthly
por dia, diario, diarios, diaria = daily
servico = service
servicos = services
regiao = region
conta = account
contas = accounts
equipe, time = team
qual servico, quais servicos, que servico = which service
mais caro, mais caros = most expensive
mais = most
comparar, compare, comparado com = compare
em relacao a = vs
tendencia, evolucao = trend
mostre, mostra, mostrar = show
que, qual, quais, o que = what
onde = where
podemos, posso, pode = can
ha, temos, tenho, existe, existem = is
de, do, da, dos, das, em, no, na, nos, nas, para, com, o, os, as, um, uma, meu, nosso, nossa =
e = and
ou = or
apague, exclua, deletar, apagar, excluir = delete
janeiro = january
fevereiro = february
marco = march
abril = april
maio = may
junho = june
julho = july
agosto = august
setembro = september
outubro = october
novembro = november
dezembro = december
armazenamento = storage
producao = production
ola = hello
obrigado, obrigada = thanks
ajuda = help
""")

_FR = _table("""
entre = between
premier, premiere, premiers, premieres = first
deuxieme, second, seconde = second
troisieme = third
quatrieme = fourth
moitie, quinzaine = half
trimestre = quarter
semaine = week
quelle equipe, quelles equipes = which team
quelle region, quelles regions = which region
depense le plus, depensent le plus, coute le plus, coutent le plus = cost most
les plus cheres, plus cheres, la plus chere, plus chere = most expensive
plus couteux, plus couteuses = most expensive
surdimensionne, surdimensionnes, surdimensionnee, surdimensionnees = oversized
sur dimensionne, sur dimensionnes, sur dimensionnee, sur dimensionnees = oversized
sous utilise, sous utilises, sous utilisee, sous utilisees = underutilized
sous exploite, sous exploites, sous exploitee, sous exploitees = underutilized
depuis = since
jusqu au, jusqu a = to
debut de l annee, debut d annee, le debut de l annee = ytd
combien, quel montant = how much
cout, couts, depense, depenses, depensons, depensé, coute, coutent, coutera, depenser = cost
a coute, avons depense, payons, paye = cost
facture, factures, facturation = bill
pourquoi, a cause de quoi = why
augmente, augmentation, augmenté, hausse, explose, flambe, grimpe, bondi, monte, double = increase
baisse = decrease
pic, pics = spike
prevision, previsions, prevois, prevoir, projection, projections, estimation = forecast
depenserons, allons nous depenser, va couter, va t on depenser, couterons, sera = forecast
anomalie, anomalies = anomalies
inhabituel, inhabituels, inhabituelle, inhabituelles, inattendu, inattendus, anormal = unusual
anormale, anormales, anormaux, bizarre = unusual
budget, le budget = budget
budgets = budgets
previens moi, avertis moi, alerte moi, previens, avertis = alert me
restant, reste t il = left
depasse, depassé, depassement, depasser, depassons, depasserons = over
cree, creer, creez, mets en place, definis, configure = create
economiser, economies, economie, epargner, economise = save
reduire, diminuer, baisser, reduis = reduce
recommandations, recommandation, conseils = recommendations
recommandes, propose, suggere, conseille = recommend
opportunites = opportunities
n utilise pas, n utilisons pas, pas utilises, pas utilisees = unused
inutilise, inutilises, inutilisee, inutilisees, inactif, inactifs, inactives, oisives = idle
non utilisees, non utilises, inutiles, dormantes = idle
ressources = resources
instances reservees = reserved instances
plans d economies, plan d economies = savings plans
couverture = coverage
le mois dernier, mois dernier, mois precedent, mois passe = last month
ce mois, ce mois ci, mois en cours, mois courant = this month
le mois prochain, mois prochain = next month
la semaine derniere, semaine derniere, semaine passee = last week
cette semaine = this week
la semaine prochaine, semaine prochaine = next week
annee derniere, an dernier = last year
cette annee = this year
annee prochaine, an prochain = next year
trimestre dernier, dernier trimestre = last quarter
ce trimestre = this quarter
trimestre prochain, prochain trimestre = next quarter
aujourd hui, aujourdhui = today
hier = yesterday
demain = tomorrow
fin du mois, fin de mois = end of month
fin de l annee, fin d annee, fin annee = end of year
dernier, derniers, dernieres, derniere = last
prochains, prochaines = next
jours, jour = days
semaines = weeks
mois = months
ans = years
par service, par services = by service
par region = by region
par compte, par comptes = by account
par equipe = by team
par mois, mensuel, mensuels, mensuelle, mensuelles = monthly
par jour, quotidien, quotidienne, quotidiens, quotidiennes, journalier = daily
repartition, ventilation, ventile, decompose = breakdown
service = service
regions = regions
compte = account
comptes = accounts
equipe = team
quel service, quels services = which service
quels comptes, quel compte = which account
le plus cher, les plus chers, plus chers, le plus = most expensive
plus = most
comparer, compare, comparaison = compare
par rapport a, par rapport au = vs
tendance, evolution = trend
montre, montrez, affiche, donne, moi, liste = show
que, quel, quelle, quels, quelles, quoi, qu = what
ou va, ou part = where is going
y a t il = is
avons, ai, est, sont, a, t, on, nous, il, je, peut, peux, puis = can
de, du, des, le, la, les, d, l, en, dans, pour, avec, sur, un, une, mes, nos, notre, mon, ma, au =
et = and
ou = or
supprime, supprimer, efface, supprimez = delete
meteo, temps fera = weather
janvier = january
fevrier = february
mars = march
avril = april
mai = may
juin = june
juillet = july
aout = august
septembre = september
octobre = october
novembre = november
decembre = december
stockage = storage
bonjour, salut = hello
merci = thanks
aide = help
suite = forecast
""")

_DE = _table("""
zwischen = between
erste, ersten, erster, erstes = first
zweite, zweiten, zweiter, zweites = second
dritte, dritten, dritter, drittes = third
vierte, vierten, viertes = fourth
halfte = half
kostenprognose, ausgabenprognose, kostenvorhersage, kostenhochrechnung = cost forecast
monatsprognose, jahresprognose, quartalsprognose = forecast
kostenaufschlusselung, kostenaufteilung, kostenverteilung, ausgabenverteilung = cost breakdown
kostenubersicht, ausgabenubersicht, kostenaufstellung = cost overview
kostenentwicklung, kostenverlauf, kostentrend, ausgabenentwicklung = cost trend
kostenvergleich = cost compare
kostenanstieg, kostensteigerung, kostensprung = cost increase
kostentreiber = cost drivers
kostensenkung, kosteneinsparung, kosteneinsparungen, kostenreduktion = cost savings
kostenanomalie, kostenausreisser = anomalies
monatskosten, tageskosten, jahreskosten, cloudkosten, awskosten, gesamtausgaben = cost
kostenbudget, monatsbudget, jahresbudget = budget
seit jahresbeginn, seit jahresanfang, seit anfang des jahres, seit beginn des jahres = ytd
seit monatsbeginn, seit monatsanfang, seit anfang des monats = mtd
uberdimensioniert, uberdimensionierte, uberdimensionierten = oversized
unterausgelastet, unterausgelastete, nicht ausgelastet = underutilized
seit = since
bis = to
welches team, welche teams = which team
welches konto, welche konten = which account
wie viel, wieviel, wie hoch = how much
kosten, ausgaben, kostet, kostete, ausgegeben, geben, gekostet, bezahlt, zahlen = cost
gesamtkosten = total cost
rechnung, rechnungen, abrechnung = bill
warum, wieso, weshalb, woran liegt, grund = why
gestiegen, stieg, erhoht, anstieg, hoher, verdoppelt, explodiert, steigen = increase
gesunken, gefallen = decrease
ausreisser, ausreiser, auffallig, auffallige, auffalligkeiten = anomalies
kostenspitze, kostenspitzen, spitzen = spikes
prognose, vorhersage, hochrechnung, prognostiziere, voraussichtlich, vorhersagen = forecast
werden, wird, werde = will
anomalie, anomalien, kostenanomalien = anomalies
ungewohnliche, ungewohnlich, ungewohnlichen, unerwartete, unerwartet = unusual
budget = budget
budgets = budgets
benachrichtige mich, warne mich, informiere mich, sag bescheid = alert me
ubersteigt, ubersteigen = over
ubrig, verbleibend = left
noch = still
uberschritten, uberschreiten, uberschreitet, uberziehen, uberzogen, gesprengt, uber = over
anlegen, erstelle, erstellen, einrichten, lege, richte = create
sparen, einsparen, einsparungen, einsparpotenzial, einsparpotential, sparpotenzial = save
sparpotential, ersparnis, einsparmoglichkeiten = save
senken, reduzieren, verringern, drosseln = reduce
empfehlungen, empfehlung, vorschlage, optimierungsvorschlage = recommendations
empfiehlst, empfehle = recommend
nicht genutzt, nicht nutzen, nicht benutzt, nicht verwendet, nicht gebraucht = unused
ungenutzt, ungenutzte, ungenutzten, unbenutzte, nicht genutzte, brachliegende, leerlauf = unused
untatige, unbenutzten, verwaiste = unused
ressourcen = resources
instanzen = instances
reservierte instanzen = reserved instances
abdeckung = coverage
auslastung = utilization
letzten monat, letzter monat, letztem monat, letzten monats, vormonat = last month
vergangenen monat, vergangener monat, im letzten monat = last month
im vergleich zum vormonat = vs last month
diesen monat, dieser monat, diesem monat, dieses monats, aktueller monat = this month
nachsten monat, nachster monat, kommenden monat, nachstem monat = next month
letzte woche, letzter woche, vergangene woche, vorwoche = last week
diese woche, dieser woche = this week
nachste woche, nachster woche, kommende woche = next week
letztes jahr, letzten jahr, vorjahr, letztem jahr = last year
dieses jahr, diesem jahr = this year
nachstes jahr, nachsten jahr, kommendes jahr = next year
letztes quartal, letzten quartal = last quarter
dieses quartal, diesem quartal = this quarter
nachstes quartal, nachsten quartal = next quarter
heute = today
gestern = yesterday
morgen = tomorrow
monatsende, ende des monats = end of month
jahresende, ende des jahres = end of year
letzten, letzte, letzter, vergangenen = last
nachsten, nachste, kommenden = next
tage, tagen, tag = days
wochen, woche = weeks
monate, monaten = months
monat = month
jahr, jahre = years
quartal, quartale = quarter
pro monat, monatlich, monatliche, monatlichen, je monat = monthly
pro tag, taglich, tagliche, taglichen, je tag = daily
pro, je, nach = by
dienst, service, services, diensten, dienste = service
konto = account
konten = accounts
team, teams = team
welcher, welche, welches, welchen = which
am meisten, teuersten, teuerste = most expensive
aufschlusselung, aufgeschlusselt, aufteilung, verteilung = breakdown
vergleiche, vergleich, verglichen = compare
im vergleich zu, gegenuber = vs
trend, entwicklung, verlauf, entwickelt = trend
zeig, zeige, zeigen, gib, liste = show
was = what
wo = where
konnen, kann, konnte = can
gibt es, haben, hat, sind, ist, habe = is
die, der, das, den, dem, des, ein, eine, einen, fur, von, vom, im, in, mit, wir, ich, uns, unser =
unsere, unserer, unseren, meine, mein, bei, zu, zum, auf =
und = and
oder = or
losche, loschen, entferne, kundige = delete
wetter = weather
januar = january
februar = february
marz = march
april = april
mai = may
juni = june
juli = july
august = august
september = september
oktober = october
november = november
dezember = december
speicher = storage
produktion = production
hallo = hello
danke = thanks
hilfe = help
""")

# "T2" is the second quarter, but also a family of instances: a quarter behind an article.
for _table_of, _articles in ((_ES, ("del", "el", "en el")), (_FR, ("du", "au", "le", "en"))):
    _table_of.update(
        ((*article.split(), f"t{number}"), (f"q{number}",))
        for article in _articles
        for number in range(1, 5)
    )
    _table_of.update(
        ((f"t{number}", str(year)), (f"q{number}", str(year)))
        for number in range(1, 5)
        for year in range(2020, 2036)
    )

_LANGUAGES = (_ES, _PT, _FR, _DE)

# Words that say "this is not English" by themselves.
_ENGLISH_TOO = frozenset(
    """
    a as das de die es do dos e in is la las los me no o on os se time un mas region service
    services august september november april budget budgets team teams trend service mars mai
    regions anomalies projection projections estimation explose double compare configure will was
    of can services propose pic des par time hat bis suite am are bei le les tax mes ma pode
    plus liste tag compte en t d l j moi moins dies war anomalia instances geben grund pro
    gasto marco amp ha al y hay mon nos dame uns sera con para conta do ou a o e or
    ai com monte decompose evolution augmentation ventilation bizarre im na du sur nach caro
    us note sans real total due cost bill aws s3 causa actual y go fin final va present part
    double cause passe ci second primer entre premier t1 t2 t3 t4 el del en
    """.split()
) | frozenset(map(str, range(2020, 2036)))
MARKERS: frozenset[str] = (
    frozenset(word for table in _LANGUAGES for phrase in table for word in phrase) - _ENGLISH_TOO
) | {"por", "cuanto", "gasto", "custo", "pour", "fur", "letzten", "nachsten"}


@dataclass(frozen=True, slots=True)
class Gloss:
    """The phrases of one language and their English words."""

    phrases: dict[tuple[str, ...], tuple[str, ...]]
    words: frozenset[str]

    def at(self, words: list[str]) -> tuple[int, tuple[str, ...]]:
        """Return how many words a known phrase takes at the head of ``words``, and its English."""
        for length in range(len(words), 0, -1):
            english = self.phrases.get(tuple(words[:length]))
            if english is not None:
                return length, english
        return 0, ()

    @staticmethod
    def chosen(words: list[str]) -> "Gloss":
        """Return the gloss of the language that knows most of the words."""
        known = [word for word in words if word in MARKERS]
        return max(_glosses(), key=lambda gloss: sum(word in gloss.words for word in known))


@cache
def _glosses() -> tuple[Gloss, ...]:
    return tuple(
        Gloss(table, frozenset(word for phrase in table for word in phrase)) for table in _LANGUAGES
    )


_CJK_TABLE = """
先々月 = month before last
先月,上个月,上月 = last month
今月,当月,这个月,本月 = this month
来月,下个月,下月 = next month
先週,上周 = last week
今週,本周,这周 = this week
来週,下周 = next week
昨年,去年 = last year
今年,今年度 = this year
来年,明年 = next year
前四半期,前期 = last quarter
今四半期,当四半期 = this quarter
来四半期 = next quarter
昨日,昨天 = yesterday
今日,今天 = today
月末 = end of month
年末 = end of year
過去,直近,最近,过去 = last
今後,未来 = next
前月比 = mom
費用,コスト,花了,花费了,花,料金,支出,利用料,请求額,花费,费用,成本,开销,支払 = cost
請求額,請求書,請求,账单 = bill
いくら,どのくらい,多少钱,多少 = how much
なぜ,何故,どうして,理由,原因,要因,为什么 = why
増え,増加,上が,急増,跳ね上が,高騰,高く,上涨,增加 = increase
減,下が = decrease
予測,見通し,見込み,予想,预测 = forecast
異常,不審,通常と違う,异常 = anomalies
スパイク = spike
予算アラート = budget alert
通知して,知らせて = alert me
残り = left
予算,预算 = budget
超過,超え,オーバー,超支 = over
作成,作って,設定,创建 = create
推奨,おすすめ,提案,レコメンド,推荐,建议 = recommendations
削減,減らす,减少,降低,抑え = reduce
節約,节省 = save
機会 = opportunities
不要,無駄,いらない,使わない,未使用,使われていない,使っていない,アイドル,遊休,闲置,未利用 = unused
リソース,资源 = resources
インスタンス,实例 = instances
リザーブドインスタンス,予約インスタンス,预留实例 = reserved instances
カバレッジ,カバー率 = coverage
利用率,使用率 = utilization
サービス別,サービスごと,按服务 = by service
リージョン別,リージョンごと = by region
アカウント別,アカウントごと = by account
チーム別,チームごと = by team
月別,月次,毎月 = monthly
日別,日次,毎日 = daily
どのサービス,哪个服务,哪些服务 = which service
どのアカウント = which account
サービス,服务 = service
リージョン = region
アカウント,账户 = account
内訳,明細 = breakdown
比較,比べ,比较 = compare
推移,傾向,トレンド,趋势 = trend
教えて,見せて,表示 = show
東京 = tokyo
大阪 = osaka
本番 = production
合計,総額,总 = total
上位 = top
一番高い,最も高い,最贵 = most expensive
削除,删除,消して = delete
天気,天气 = weather
ありがとう,谢谢 = thanks
こんにちは,你好 = hello
と,および,和 = and
、,。,・ = and
日間,天 = days
週間 = weeks
か月,ヶ月,カ月,ヵ月,个月 = months
四半期 = quarter
"""

_MONTHS = "january february march april may june july august september october november december"


@dataclass(frozen=True, slots=True)
class CjkGloss:
    """One pattern over text without spaces, and the English of what it matched."""

    pattern: re.Pattern[str]
    words: dict[str, tuple[str, ...]]

    def english(self, match: re.Match[str]) -> tuple[str, ...]:
        """Return the English words for a match of the pattern."""
        if match["month"]:
            number = int(match["month"])
            return (_MONTHS.split()[number - 1],) if 1 <= number <= 12 else ()
        return self.words[match[0]]


@cache
def cjk_gloss() -> CjkGloss:
    """Return the gloss of Japanese and Chinese, made for the first text that has such letters."""
    # The table is written as people read it; folding turns compatibility forms into plain ones,
    # and phrases are tried longest first.
    words = {phrase[0]: english for phrase, english in _table(_CJK_TABLE).items()}
    longest_first = sorted(words, key=len, reverse=True)
    alternatives = "|".join(map(re.escape, longest_first))
    return CjkGloss(re.compile(rf"(?P<month>(?<!\d)\d{{1,2}})月(?!間)|{alternatives}"), words)
