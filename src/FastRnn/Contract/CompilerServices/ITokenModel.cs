namespace FastRnn.CompilerServices;

/// <summary>A model that reads tokens: its input attribute is <c>[Embedding]</c> or <c>[OneHot]</c>.</summary>
public interface ITokenModel;
