using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Diagnostics;

/// <summary>The paragraph of a diagnostic in <c>generators/diagnostics.md</c> or <c>generators/uses.md</c>, which the assembly holds: what
/// an editor shows under the message. Nothing is read before it is asked for.</summary>
internal sealed class HelpText(string id) : LocalizableString
{
    private static readonly Lazy<Dictionary<string, string>> Paragraphs =
        new(() => Read("diagnostics.md").Concat(Read("uses.md")).ToDictionary(p => p.Key, p => p.Value));

    protected override string GetText(IFormatProvider? formatProvider) => Paragraphs.Value.TryGetValue(id, out var text) ? text : "";

    protected override int GetHash() => StringComparer.Ordinal.GetHashCode(id);

    protected override bool AreEqual(object? other) =>
        other is HelpText text && text.GetHash() == GetHash() && text.GetText(null) == GetText(null);

    private static IEnumerable<KeyValuePair<string, string>> Read(string page)
    {
        using var stream = typeof(HelpText).Assembly.GetManifestResourceStream(page)
            ?? throw new InvalidOperationException($"The assembly has no page {page}.");
        using var reader = new StreamReader(stream);
        foreach (var section in reader.ReadToEnd().Replace("\r", "").Split(["\n## "], StringSplitOptions.None).Skip(1))
        {
            var heading = section.IndexOf('\n');
            yield return new(section.Substring(0, section.IndexOf(':')), section.Substring(heading).Trim());
        }
    }
}
