namespace FastRnn;

/// <summary>Marks a recurrent cell: a <c>sealed partial class</c> whose fields are the learned parameters and whose
/// one <c>Step</c> method is its equations. The generator makes the class executable in double precision (its own
/// reference), records its source in the assembly, and specialises it for every model that names it.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CellAttribute : Attribute;
