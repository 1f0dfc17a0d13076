using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>What the names in a cell's text mean: asked of the compiler where there is one, or read from the text alone, for a
/// cell whose source a referenced assembly recorded.</summary>
internal interface ICellBinding
{
    /// <summary>What a type says.</summary>
    TypeReading Read(TypeSyntax type);

    /// <summary>Whether a call means a function of <c>FastRnn.Language.Functions</c>.</summary>
    bool IsFunction(InvocationExpressionSyntax call);

    /// <summary>The value of a <c>const double</c> of the cell itself, if a name means one.</summary>
    double? Constant(IdentifierNameSyntax name);

    /// <summary>The attribute Initialize of a field declaration: empty if there is none, null if C# rejects it.</summary>
    InitializerReading? Initializer(FieldDeclarationSyntax field);

    /// <summary>The attributes StoredTensor of a class; null if C# rejects one.</summary>
    IReadOnlyList<StoredTensorReading>? Tensors(TypeDeclarationSyntax type);

    /// <summary>Whether the C# compiler itself reports errors in a method.</summary>
    bool HasErrors(MethodDeclarationSyntax method);
}

/// <summary>What a type in a cell's text is.</summary>
internal enum TypeMeaning
{
    /// <summary>C# does not know it and says so itself.</summary>
    Broken,

    /// <summary>Something outside the language.</summary>
    Other,

    /// <summary>A vector or a matrix.</summary>
    Vector,

    /// <summary><c>double</c>.</summary>
    Number,

    /// <summary><c>var</c>.</summary>
    Inferred,
}

/// <summary>A type in a cell's text.</summary>
internal readonly record struct TypeReading(TypeMeaning Kind, VectorType? Type = null);

/// <summary>An attribute Initialize; no kind if there is none.</summary>
internal readonly record struct InitializerReading(Initializer? Kind, double Value);

/// <summary>An attribute StoredTensor.</summary>
internal readonly record struct StoredTensorReading(string Name, IReadOnlyList<string> Parts, AttributeSyntax Attribute);
