using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Asks the compiler what names mean.</summary>
internal sealed class SemanticBinding(SemanticModel model, INamedTypeSymbol cell, CancellationToken cancellation) : ICellBinding
{
    public TypeReading Read(TypeSyntax type)
    {
        if (type.IsVar)
        {
            return new TypeReading(TypeMeaning.Inferred);
        }

        var symbol = model.GetTypeInfo(type, cancellation).Type;
        if (symbol is null or IErrorTypeSymbol)
        {
            return new TypeReading(TypeMeaning.Broken);
        }

        if (symbol.SpecialType == SpecialType.System_Double)
        {
            return new TypeReading(TypeMeaning.Number);
        }

        if (symbol is not INamedTypeSymbol named
            || Identifiers.MetadataName(named) is not ("FastRnn.Language.Vec`1" or "FastRnn.Language.Mat`2"))
        {
            return new TypeReading(TypeMeaning.Other);
        }

        // C# says so itself where a type is unknown or no dimension.
        if (named.TypeArguments.Any(argument => argument is IErrorTypeSymbol || !IsDimension(argument)))
        {
            return new TypeReading(TypeMeaning.Broken);
        }

        if (named.TypeArguments.Any(argument => argument is not INamedTypeSymbol { IsGenericType: false }))
        {
            return new TypeReading(TypeMeaning.Other);
        }

        var columns = named.TypeArguments.Length == 2 ? Dimension(named.TypeArguments[1]) : null;
        return new TypeReading(TypeMeaning.Vector, new VectorType(Dimension(named.TypeArguments[0]), columns));
    }

    public bool IsFunction(InvocationExpressionSyntax call) =>
        model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { ReducedFrom: null } method
        && Identifiers.MetadataName(method.ContainingType) == "FastRnn.Language.Functions";

    public double? Constant(IdentifierNameSyntax name) =>
        model.GetSymbolInfo(name, cancellation).Symbol is IFieldSymbol { IsConst: true, ConstantValue: double value } field
        && SymbolEqualityComparer.Default.Equals(field.ContainingType, cell)
            ? value : null;

    public InitializerReading? Initializer(FieldDeclarationSyntax field)
    {
        var symbol = model.GetDeclaredSymbol(field.Declaration.Variables[0], cancellation);
        var attribute = symbol?.GetAttributes().FirstOrDefault(
            a => a.AttributeClass is { } type && Identifiers.MetadataName(type) == "FastRnn.InitializeAttribute");
        if (attribute is null)
        {
            return new InitializerReading(null, 1);
        }

        var arguments = attribute.ConstructorArguments;
        if (arguments.Length != 2 || arguments[0].Value is null || arguments[1].Value is not double value)
        {
            return null;
        }

        return new InitializerReading(AttributeReading.Member<Initializer>(arguments[0]), value);
    }

    public IReadOnlyList<StoredTensorReading>? Tensors(TypeDeclarationSyntax type)
    {
        var readings = new List<StoredTensorReading>();
        foreach (var (attribute, syntax) in AttributeReading.InSourceOrder(cell, type, cancellation))
        {
            if (Identifiers.MetadataName(attribute.AttributeClass!) != "FastRnn.StoredTensorAttribute")
            {
                continue;
            }

            var arguments = attribute.ConstructorArguments;
            if (attribute.AttributeConstructor is null || arguments.Length != 2
                || arguments.Any(a => a.Kind == TypedConstantKind.Error))
            {
                return null;
            }

            // A null is no name: Analysis says so.
            var parts = arguments[1].IsNull ? [] : arguments[1].Values.Select(v => v.Value as string ?? "").ToList();
            readings.Add(new StoredTensorReading(arguments[0].Value as string ?? "", parts, syntax));
        }

        return readings;
    }

    // The severity that the user chose for a warning does not matter here.
    public bool HasErrors(MethodDeclarationSyntax method) =>
        model.GetMethodBodyDiagnostics(method.Span, cancellation).Any(d => d.DefaultSeverity == DiagnosticSeverity.Error);

    private static bool IsDimension(ITypeSymbol type) =>
        type is not INamedTypeSymbol named
        || named.AllInterfaces.Append(named).Any(t => Identifiers.MetadataName(t) == "FastRnn.Language.IDimension");

    private static DimensionName Dimension(ITypeSymbol type) =>
        new(type.Name, type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
}
