using System.Diagnostics.CodeAnalysis;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastRnn.Mutants.Making;

/// <summary>What a project file would say to the generator.</summary>
internal sealed class BuildProperties((string Name, string Value) property) : AnalyzerConfigOptionsProvider
{
    private static readonly Properties None = new(default);

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Properties(property);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => None;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => None;

    private sealed class Properties((string Name, string Value) property) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = KeyComparer.Equals(key, property.Name) ? property.Value : null;
            return value is not null;
        }
    }
}
