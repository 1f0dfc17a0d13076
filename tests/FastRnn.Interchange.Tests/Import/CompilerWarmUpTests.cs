using FastRnn.Compiler;

namespace FastRnn.Interchange.Tests.Import;

/// <summary>What makes the compiler ready beforehand is sound C#: else it would end in its errors, early.</summary>
public sealed class CompilerWarmUpTests
{
    [Fact]
    public void Its_lines_compile() => Assert.Empty(CompilerWarmUp.Compile());
}
