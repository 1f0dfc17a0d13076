using FastRnn.Generators.Algebra;
using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Writes a loss's other half: its kernel, once for vectors of any width, and what makes its equations executable in double
/// precision.</summary>
internal static class LossEmitter
{
    private const string Services = "global::FastRnn.CompilerServices.";
    private const string Vector = "global::FastRnn.Language.Vec<global::FastRnn.Language.Target>";
    private const string Kernel = "FastRnnKernel";

    public static string Emit(LossPlan plan)
    {
        var code = new CodeWriter();
        ModelShell.Header(code);
        ModelShell.Open(code, plan.Class.Namespace, plan.Class.ContainingTypes);
        code.Open($"partial class {plan.Class.Name} : {Services}ILoss");
        code.Line("/// <inheritdoc/>");
        code.Line($"static {Services}LossEquations {Services}ILoss.Equations {{ get; }} =");
        code.Line($"    {Services}LossEquations.Of<{Kernel}>({Names.Literal(plan.Class.FullName)});").Line();
        code.Line("/// <summary>The loss and its gradient.</summary>");
        code.Open($"private readonly struct {Kernel} : {Services}ILossKernel");
        code.Line($"static int {Services}ILossKernel.Outputs => {CodeWriter.Number(plan.Outputs)};").Line();
        code.Line($"static int {Services}ILossKernel.Sums => {CodeWriter.Number(plan.Sums)};").Line();
        Reference(code, plan);
        code.Line();
        Step(code, plan);
        code.Close();
        code.Close();
        ModelShell.Close(code, plan.Class.Namespace, plan.Class.ContainingTypes);
        return code.ToString();
    }

    private static void Reference(CodeWriter code, LossPlan plan)
    {
        var arguments = Enumerable.Range(0, plan.Outputs).Select(i => $"vectors[{CodeWriter.Number(i)}]").Append($"new {Vector}(targets)");
        code.Open($"static double {Services}ILossKernel.Reference(double[] outputs, double[] targets)");
        code.Line($"var vectors = {Services}LossEquations.Split(outputs, targets, {CodeWriter.Number(plan.Outputs)});");
        var owner = plan.IsStatic ? plan.Class.Name : $"new {plan.Class.Name}()";
        code.Line($"return {owner}.Step({string.Join(", ", arguments)})[0];");
        code.Close();
    }

    private static void Step(CodeWriter code, LossPlan plan)
    {
        code.Open($"static void {Services}ILossKernel.Step<S, V>(ref {Services}LossRow row)");
        code.Line($"var {plan.Count} = row.Length<S, V>();");
        foreach (var walk in plan.Walks)
        {
            Walk(code, plan, walk);
        }

        Body(code, plan.Numbers);
        code.Line($"row.Result<S, V>({Print(plan.Loss)});");
        code.Close();
    }

    private static void Walk(CodeWriter code, LossPlan plan, LossWalk walk)
    {
        Body(code, walk.Numbers);
        code.Open("for (nint at = 0; at < row.Count; at += S.Lanes)");
        foreach (var read in walk.Reads)
        {
            code.Line(read.Vector == plan.Outputs
                ? $"var {read.Name} = row.Target<S, V>(at);"
                : $"var {read.Name} = row.Output<S, V>({CodeWriter.Number(read.Vector)}, at);");
        }

        Body(code, walk.Statements);
        foreach (var sum in walk.Sums)
        {
            code.Line($"row.Add<S, V>({CodeWriter.Number(sum.Index)}, {Print(sum.Value)}, at);");
        }

        for (var i = 0; i < walk.Gradients.Count; i++)
        {
            code.Line($"row.Gradient<S, V>({CodeWriter.Number(i)}, {Print(walk.Gradients[i])}, at);");
        }

        code.Close().Line();
        foreach (var sum in walk.Sums)
        {
            code.Line($"var {sum.Name} = row.Sum<S, V>({CodeWriter.Number(sum.Index)});");
        }
    }

    private static void Body(CodeWriter code, EquatableArray<Statement> statements)
    {
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case Statement.Comment comment:
                    code.Line().Line("// " + comment.Text);
                    break;
                case Statement.Let let:
                    code.Line($"var {let.Name} = {Print(let.Value)};");
                    break;
            }
        }
    }

    private static string Print(Expression expression) => expression switch
    {
        Expression.Variable variable => variable.Name,
        Expression.Number number => $"S.Create({CodeWriter.Float(number.Value)})",
        Expression.FusedMultiplyAdd fused => Fused(fused),
        Expression.Apply apply => Apply(apply),
        _ => throw new InvalidOperationException("unknown expression " + expression),
    };

    private static string Fused(Expression.FusedMultiplyAdd fused)
    {
        var c = fused.NegateAddend ? $"S.Negate({Print(fused.C)})" : Print(fused.C);
        return $"S.{(fused.NegateProduct ? "FmaNegated" : "Fma")}({Print(fused.A)}, {Print(fused.B)}, {c})";
    }

    private static string Apply(Expression.Apply apply)
    {
        var function = FunctionTable.Of(apply.Operation)!;
        var arguments = Print(apply.A) + (apply.B is { } b ? ", " + Print(b) : "");

        // What C# has an operator for is an operation of vectors of the same name.
        return function.Symbol.Length > 0 ? $"S.{function.Name}({arguments})" : $"{Services}Activation.{function.Name}<S, V>({arguments})";
    }
}
