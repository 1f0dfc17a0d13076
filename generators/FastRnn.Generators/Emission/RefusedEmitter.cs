namespace FastRnn.Generators.Emission;

/// <summary>Writes the other half of a class that is refused: its constructors and members are there, and throw. So C# does not complain of
/// what is missing only because of the mistake that FastRnn, or C# itself, has reported.</summary>
internal static class RefusedEmitter
{
    private const string Language = "global::FastRnn.Language.";
    private const string Services = "global::FastRnn.CompilerServices";
    private const string Throw =
        "throw new global::System.NotSupportedException(\"This class was refused when it was compiled: see the errors of the build.\")";

    public static string Cell(ClassShell shell) => Class(shell, $"{Language}ICell", code =>
    {
        code.Open($"public {shell.Class.Name}({Language}CellParameters parameters)");
        foreach (var field in shell.Fields)
        {
            // Set and read, so that C# misses neither; without a type argument, because C# may reject the field's type.
            code.Line($"this.{Identifier.Escape(field)} = default!;");
            code.Line($"{{ var value = this.{Identifier.Escape(field)}; }}");
        }

        code.Line(Throw + ";");
        code.Close();
        code.Line();
        code.Line($"double[][] {Language}ICell.Step(double[] x, double[][] states) => {Throw};");
    });

    public static string Loss(ClassShell shell) => Class(shell, $"{Services}.ILoss", code =>
        code.Line($"static {Services}.LossEquations {Services}.ILoss.Equations => {Throw};"));

    public static string Model(ClassShell shell)
    {
        var name = shell.Class.Name;
        return Class(shell, $"global::FastRnn.IModel<{name}>, {Services}.{(shell.ReadsTokens ? "ITokenModel" : "IVectorModel")}", code =>
        {
            ModelFileEmitter.EntryPoints(code, name, isFresh: true);
            ModelFileEmitter.Dispatch(code, name, "Forward");
            ModelFileEmitter.Dispatch(code, name, "Backward");
            code.Line("/// <summary>Nothing: the class was refused.</summary>");
            code.Line($"public static global::FastRnn.ModelInfo Info => {Throw};");
        });
    }

    private static string Class(ClassShell shell, string interfaces, Action<CodeWriter> members)
    {
        var code = new CodeWriter();
        ModelShell.Header(code);
        ModelShell.Open(code, shell.Class.Namespace, shell.Class.ContainingTypes);
        code.Open($"partial class {shell.Class.Name} : {interfaces}");
        members(code);
        code.Close();
        ModelShell.Close(code, shell.Class.Namespace, shell.Class.ContainingTypes);
        return code.ToString();
    }
}
