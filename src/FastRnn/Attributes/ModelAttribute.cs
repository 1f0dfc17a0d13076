namespace FastRnn;

/// <summary>Marks a model: a <c>sealed partial class</c> that lists, from input to loss, an input attribute, layers and
/// at most one loss; or all of that for a decoder, after an encoder of its own input and layers. The generator writes its parameter table,
/// its kernels and its entry points.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute;
