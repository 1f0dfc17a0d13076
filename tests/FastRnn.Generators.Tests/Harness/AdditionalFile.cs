using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace FastRnn.Generators.Tests.Harness;

/// <summary>A file that a project gives to its generators. It lies on the disk, as the compiler's do; its text may not be asked for,
/// because a file of numbers has none.</summary>
internal sealed class AdditionalFile(string path) : AdditionalText
{
    public override string Path => path;

    public override SourceText? GetText(CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("The bytes are no text.");
}
