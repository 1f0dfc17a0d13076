namespace FastRnn;

/// <summary>Marks a loss of one's own: a <c>sealed partial class</c> whose one <c>Step</c> method is its equations for one position,
/// <c>Vec&lt;Target&gt; Step(Vec&lt;Target&gt; z, Vec&lt;Target&gt; y)</c>: outputs, and targets last. It returns a number, which
/// <c>Sum</c> or <c>Mean</c> make of a vector. It may read several vectors of outputs (a mean and a logarithm of a variance): those of a
/// model lie one behind the other then, and a target is as long as one of them. Nothing is learned; numbers are <c>const double</c>.
/// The generator differentiates the equations, writes their kernel and makes the class executable in double precision.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LossAttribute : Attribute;
