namespace FastRnn.Language;

/// <summary>Marks a type as the name of a dimension of <see cref="Vec{D}"/> and <see cref="Mat{R, C}"/>. A cell that needs one
/// besides <see cref="Input"/> and <see cref="Hidden"/> declares it in a line:
/// <c>public abstract class Projection : IDimension;</c></summary>
/// <remarks>Only the type matters: it makes a product of shapes that do not fit a compile error. No instance is ever made.</remarks>
public interface IDimension;
