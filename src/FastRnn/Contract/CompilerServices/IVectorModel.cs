namespace FastRnn.CompilerServices;

/// <summary>A model that reads real-valued vectors: its input attribute is <c>[Input]</c>.</summary>
public interface IVectorModel;
