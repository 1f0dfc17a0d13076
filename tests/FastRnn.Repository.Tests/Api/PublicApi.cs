using System.ComponentModel;
using System.Globalization;

using FastRnn.Repository.Tests.Harness;

using Microsoft.CodeAnalysis;

namespace FastRnn.Repository.Tests.Api;

/// <summary>The public API of an assembly as text: a line for each type and each member that a user's code can name, sorted.</summary>
internal static class PublicApi
{
    private static readonly SymbolDisplayFormat Format = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints
            | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeConstantValue
            | SymbolDisplayMemberOptions.IncludeExplicitInterface | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeType,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.StaticMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeExtensionThis
            | SymbolDisplayParameterOptions.IncludeModifiers | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeType,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static IReadOnlyList<string> Of(MetadataReference assembly)
    {
        var program = Build.Program();
        if (!program.References.Contains(assembly))
            program = program.AddReferences(assembly);
        var symbol = (IAssemblySymbol)program.GetAssemblyOrModuleSymbol(assembly)!;
        return [.. Types(symbol.GlobalNamespace).OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal).SelectMany(Lines)];
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member =>
            member is not INamedTypeSymbol type ? Types(member) : IsVisible(type) ? [type, .. Types(type)] : []);

    private static IEnumerable<string> Lines(INamedTypeSymbol type)
    {
        // A base stands there as in a declaration: without a word for its kind.
        var baseFormat = Format.WithKindOptions(SymbolDisplayKindOptions.None);
        var bases = new[] { type.BaseType }.Where(b => b is not null && b.SpecialType is not (
                SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum
                or SpecialType.System_MulticastDelegate))
            .Concat(type.Interfaces.OrderBy(i => i.ToDisplayString(), StringComparer.Ordinal))
            .Select(b => b!.ToDisplayString(baseFormat)).ToList();
        var outer = type.ContainingType ?? (ISymbol)type.ContainingNamespace;
        yield return "";
        var inherited = bases.Count > 0 ? " : " + string.Join(", ", bases) : "";
        var declaration = type.ToDisplayString(Format).Split(" where ", 2);
        var constraints = declaration.Length > 1 ? " where " + declaration[1] : "";
        yield return $"{outer.ToDisplayString()}: {Hidden(type)}{Modifiers(type)}{declaration[0]}{inherited}{constraints}";
        if (type.TypeKind == TypeKind.Delegate)
        {
            yield break;
        }

        foreach (var line in type.GetMembers().Where(IsMember).Select(Line).Order(StringComparer.Ordinal))
        {
            yield return "    " + line;
        }
    }

    private static string Modifiers(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Class when type.IsStatic => "static ",
        TypeKind.Class when type.IsAbstract => "abstract ",
        TypeKind.Class when type.IsSealed => "sealed ",
        _ => "",
    };

    private static string Line(ISymbol member) => member is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } value
        ? string.Create(CultureInfo.InvariantCulture, $"{value.Name} = {value.ConstantValue}")
        : Hidden(member) + (member.ContainingType.TypeKind == TypeKind.Interface ? Modifiers(member) : "") + member.ToDisplayString(Format);

    /// <summary>What Roslyn leaves out for members of an interface.</summary>
    private static string Modifiers(ISymbol member) =>
        (member.IsStatic ? "static " : "") + (member.IsAbstract ? "abstract " : member.IsVirtual ? "virtual " : "");

    /// <summary>Whether editors keep quiet about it.</summary>
    private static string Hidden(ISymbol symbol) => symbol.GetAttributes()
        .Where(a => a.AttributeClass?.Name == nameof(EditorBrowsableAttribute))
        .Select(a => $"[EditorBrowsable({(EditorBrowsableState)a.ConstructorArguments[0].Value!})] ").FirstOrDefault("");

    // What the compiler adds to a record, an enum or a struct is its own; accessors are told with their property.
    private static bool IsMember(ISymbol member) =>
        !member.IsImplicitlyDeclared && member is not INamedTypeSymbol and not IMethodSymbol { AssociatedSymbol: not null }
        && member.CanBeReferencedByNameOrIsSpecial()
        && IsVisible(member)
        && !(member is IMethodSymbol && member.GetAttributes().Any(a => a.AttributeClass?.Name == "CompilerGeneratedAttribute"));

    private static bool CanBeReferencedByNameOrIsSpecial(this ISymbol member) =>
        member.CanBeReferencedByName
            || member is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.UserDefinedOperator or MethodKind.Conversion }
        || member is IPropertySymbol { IsIndexer: true };

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
